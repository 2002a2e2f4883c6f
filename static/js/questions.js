// A question that depends on an answer shows only once it is asked. Without this module all of them show, each with its
// condition in words; what is answered although it is not asked is left out by the server either way.

const followers = [...document.querySelectorAll("[data-follows]")];

/** Tell whether the field that a question depends on is shown itself, and answered so. */
function isAsked(block) {
  const fields = [...document.getElementsByName(block.dataset.follows)];
  if (fields.some((field) => field.closest("[data-follows][hidden]"))) return false;
  return fields.some((field) => field.checked && field.value === block.dataset.answer);
}

/** Show what is asked. They stand in the order in which they depend on each other. */
function update() {
  for (const block of followers) block.hidden = !isAsked(block);
}

for (const block of followers) block.querySelector("[data-condition]").hidden = true;
document.addEventListener("change", update);
// Going back shows the form as it was filled in, without any change.
window.addEventListener("pageshow", update);
update();
