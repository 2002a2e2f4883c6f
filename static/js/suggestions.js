// Titles proposed while one types: an editable combobox with a list, after the WAI-ARIA Authoring Practices.
// Without this module, or without an answer, the field searches as any field does.

const PATIENCE = 200; // Milliseconds without a letter before one asks.
let lists = 0;

for (const field of document.querySelectorAll("input[data-suggests]")) suggest(field);

function suggest(field) {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let waiting, request, active = -1;

  list.id = `suggestions-${++lists}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestsLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  const box = document.createElement("div");
  box.className = "suggesting";
  field.replaceWith(box);
  box.append(field, list, status);

  const close = () => {
    clearTimeout(waiting);
    request?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  const choose = (number) => {
    active = number;
    [...list.children].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === number));
      if (place === number) option.scrollIntoView({ block: "nearest" });
    });
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[number].id);
  };

  const show = ({ suggestions, said }) => {
    list.replaceChildren(...suggestions.map((suggestion, place) => {
      const option = document.createElement("li");
      const kind = document.createElement("span");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.dataset.url = suggestion.url;
      kind.textContent = suggestion.kind;
      option.append(suggestion.title, " ", kind);
      return option;
    }));
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = said;
    choose(-1);
  };

  const ask = async () => {
    request?.abort();
    request = new AbortController();
    try {
      const address = `${field.dataset.suggests}?${new URLSearchParams({ q: field.value })}`;
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok && document.activeElement === field) show(await answer.json());
    } catch {
      // A letter typed meanwhile, or no network: nothing is proposed.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length < 2) close();
    else waiting = setTimeout(ask, PATIENCE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const number = list.children.length;
    if (event.key === "ArrowDown") choose(active + 1 < number ? active + 1 : -1);
    else if (event.key === "ArrowUp") choose(active < 0 ? number - 1 : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.url);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  // The keyboard stays in the field: the list is only pointed at.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}
