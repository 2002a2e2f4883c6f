// Participants added and removed without a round trip. Without this module the same buttons do it on the server.

const people = document.querySelector("[data-people]");

/** Show what is to be filled in only while it is wanted; faults and what was typed always show. */
function follow(boxes, parts, isWanted) {
  const update = () => {
    for (const part of parts) {
      const speaks = part.querySelector(".field__error") || [...part.querySelectorAll("input")].some((input) => input.value);
      part.hidden = !isWanted() && !speaks;
    }
  };
  for (const box of boxes) box.addEventListener("change", update);
  update();
}

const contactBox = document.querySelector("[name='people-0-is_contact']");
if (contactBox) follow([contactBox], document.querySelectorAll("[data-named]"), () => !contactBox.checked);

const choices = [...document.querySelectorAll("[name='organisation-choice'][type='radio']")];
follow(choices, document.querySelectorAll("[data-described]"), () => choices.some((box) => box.checked && box.value === "other"));

const blocks = () => [...people.querySelectorAll("[data-person]")];

/** Give every field, label and heading of a block the number of its place. */
function renumber(block, index) {
  const replace = (text) => text.replace(/people-\d+/g, `people-${index}`).replace(/participant-\d+/g, `participant-${index + 1}`);
  for (const element of [block, ...block.querySelectorAll("*")]) {
    for (const name of ["id", "name", "for", "aria-labelledby", "aria-describedby", "formaction"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, replace(element.getAttribute(name)));
    }
  }
  const heading = block.querySelector("h2");
  heading.textContent = heading.textContent.replace(/\d+/, index + 1);
  const remove = block.querySelector("[data-remove]");
  if (remove) {
    remove.value = index;
    remove.textContent = remove.textContent.replace(/\d+/, index + 1);
    remove.hidden = blocks().length === 1;
  }
}

function renumberAll() {
  blocks().forEach(renumber);
  people.querySelector("[name='people-count']").value = blocks().length;
}

function add() {
  const block = blocks().at(-1).cloneNode(true);
  // The first block alone may stand for the contact, and faults belong to the line they were found on.
  for (const part of block.querySelectorAll("[data-named]")) {
    part.hidden = false;
    part.removeAttribute("data-named");
  }
  for (const extra of block.querySelectorAll(".field:has([type='checkbox']), .field__error")) extra.remove();
  for (const field of block.querySelectorAll(".field--error")) field.classList.remove("field--error");
  for (const control of block.querySelectorAll("input, select")) {
    control.value = "";
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
  block.classList.add("is-new");
  blocks().at(-1).after(block);
  renumberAll();
  block.querySelector("input").focus();
}

people?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-remove]");
  if (!button) return;
  const block = button.closest("[data-person]");
  // A line too many is the server's to refuse; and without the first line, it decides what the next one offers.
  if (block ? block === blocks()[0] : blocks().length >= people.dataset.limit) return;
  event.preventDefault();
  if (!block) return add();
  const next = block.nextElementSibling?.matches("[data-person]") ? block.nextElementSibling : block.previousElementSibling;
  block.remove();
  renumberAll();
  next.querySelector("input").focus();
});
