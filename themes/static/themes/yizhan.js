// Small conveniences. Every page works without this file.
(() => {
  "use strict";

  const menus = () => document.querySelectorAll(".nav-more[open]");

  // The "more" list closes on Escape, on a click elsewhere and when the focus leaves it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (held) menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("focusin", (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // "Stay on this site" goes back to where the reader was, with its place on the page.
  document.querySelectorAll("[data-back]").forEach((link) => {
    link.addEventListener("click", (event) => {
      const here = document.referrer && new URL(document.referrer).host === location.host;
      if (here && history.length > 1) { event.preventDefault(); history.back(); }
    });
  });

  // After a form came back with errors, start at their summary.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
