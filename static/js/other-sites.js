// Content of other sites: nothing is asked of them before the reader's click. Without this module, the link remains.

for (const place of document.querySelectorAll("[data-other-site]")) {
  const offer = place.querySelector("[data-offer]");
  if (!offer) continue;
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    const frame = place.querySelector("template").content.firstElementChild.cloneNode(true);
    offer.replaceWith(frame);
    frame.focus();
  });
}
