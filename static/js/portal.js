// Small improvements. Every page is complete without them.

// After a form came back with errors, the summary is where the keyboard starts.
document.querySelector("[data-focus]")?.focus();

// A panel opened by its summary closes on Escape or when one looks elsewhere.
for (const panel of document.querySelectorAll("details[data-panel]")) {
  const close = (event) => {
    if (event.key === "Escape" && panel.open) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  };
  panel.addEventListener("keydown", close);
  document.addEventListener("click", (event) => {
    if (panel.open && !panel.contains(event.target)) panel.open = false;
  });
}

// The contents list follows the reading: the last heading above a third of the window is the current one.
const contents = document.querySelector("[data-contents]");
if (contents) {
  const stops = [...contents.querySelectorAll("a[href^='#']")]
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ heading }) => heading);
  let waiting = false;
  const follow = () => {
    waiting = false;
    const passed = stops.filter(({ heading }) => heading.getBoundingClientRect().top < innerHeight / 3);
    const current = passed.at(-1);
    for (const { link } of stops) {
      if (link === current?.link) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  }, { passive: true });
  follow();
}

// A button copies a text of the page; where the browser forbids it, the text is selected, ready for the keyboard.
for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.replace(/[ \t\r\n]+/g, " ").trim());
      const status = button.closest("section").querySelector("[data-copied]");
      status.textContent = button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(source);
    }
  });
}
