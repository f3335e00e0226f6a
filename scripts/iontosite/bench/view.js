// When an open page painted first and most, and was loaded, in ms from the start of the visit.
async () => {
  let largest = 0;
  const watch = new PerformanceObserver((list) => list.getEntries().forEach((one) => (largest = one.startTime)));
  watch.observe({ type: "largest-contentful-paint", buffered: true });
  await new Promise((done) => setTimeout(done, 100));
  const first = performance.getEntriesByName("first-paint")[0];
  const [visit] = performance.getEntriesByType("navigation");
  return { started: performance.timeOrigin, first: first?.startTime ?? 0, largest, event: visit.loadEventEnd };
}
