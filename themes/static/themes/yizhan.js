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

  // What needs this file shows now; its room was kept.
  document.documentElement.classList.add("has-script");
  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));

  // A checklist keeps its ticks in this browser, and nowhere else.
  document.querySelectorAll("[data-checklist]").forEach((list) => {
    const place = `checklist:${list.dataset.checklist}`;
    const boxes = [...list.querySelectorAll("[type=checkbox]")];
    const state = list.querySelector("[data-count]");
    const show = () => {
      const done = boxes.filter((box) => box.checked).length;
      state.textContent = state.dataset.count.replace("[done]", done).replace("[all]", boxes.length);
    };
    const keep = () => {
      show();
      try {
        localStorage.setItem(place, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.value)));
      } catch { /* a browser that keeps nothing: the ticks last as long as the page */ }
    };
    let kept = [];
    try { kept = JSON.parse(localStorage.getItem(place)) || []; } catch { /* as above */ }
    boxes.forEach((box) => { box.checked = kept.includes(box.value); });
    list.addEventListener("change", keep);
    list.querySelector("[data-clear]").addEventListener("click", () => {
      boxes.forEach((box) => { box.checked = false; });
      keep();
    });
    show();
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
