// Content of other sites: nothing is asked of them before the reader's click. Without this module, the link remains.

const PATIENCE = 8000; // Milliseconds that a site has to answer.

for (const place of document.querySelectorAll("[data-other-site]")) {
  const offer = place.querySelector("[data-offer]");
  if (!offer) continue;
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => show(place, offer));
}

function show(place, offer) {
  const answer = place.querySelector("[data-answer]");
  const shown = place.querySelector("template").content.firstElementChild.cloneNode(true);
  const frame = shown.querySelector("iframe");
  const say = (words) => {
    clearTimeout(waiting);
    answer.textContent = words;
  };
  const waiting = setTimeout(() => say(answer.dataset.silent), PATIENCE);
  frame.addEventListener("error", () => say(answer.dataset.silent));
  // Browsers say that their own page of errors has come, too: nobody but the reader can tell.
  frame.addEventListener("load", () => say(answer.dataset.come));
  shown.querySelector("button").addEventListener("click", () => {
    say("");
    shown.replaceWith(offer);
    offer.querySelector("button").focus();
  });
  offer.replaceWith(shown);
  frame.focus();
}
