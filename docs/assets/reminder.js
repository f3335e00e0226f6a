// A reminder for the calendar (RFC 5545), made in the browser. It says nothing about health: others may see the calendar.
"use strict";
(() => {
  const form = document.getElementById("reminder");
  const two = (number) => String(number).padStart(2, "0");
  // Without a zone: the hour that the clock on the wall shows, wherever the phone is (RFC 5545, 3.3.5).
  const local = (date) =>
    `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}T${two(date.getHours())}${two(date.getMinutes())}00`;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const start = new Date(form.elements.when.value);
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const { title } = form.dataset;
    const text = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//reminder//1//EN", "BEGIN:VEVENT", `UID:${stamp}-${local(start)}@reminder`, `DTSTAMP:${stamp}`,
      `DTSTART:${local(start)}`, "DURATION:PT1H", `SUMMARY:${title}`,
      "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${title}`, "TRIGGER:-P1D", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
    ].join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    link.download = `${title.toLowerCase()}.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
  form.hidden = false;
})();
