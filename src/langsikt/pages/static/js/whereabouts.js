// Marks the words of a text that may say where the person is, before anything is saved (rules D2). It never stops a form.
(() => {
  const words = document.querySelector("[data-whereabouts-words]");
  const form = document.querySelector("form[data-leave]");
  if (!words || !form) return;

  function part(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // The places count characters with one for each line end, as the server counts them.
  function told(field, places) {
    const letters = Array.from((form.elements[field]?.value ?? "").replaceAll("\r\n", "\n"));
    return places.map(([from, to]) => letters.slice(from, to).join("")).filter(Boolean);
  }

  function note(found, first, ticked) {
    const box = part("div", "", "whereabouts-note");
    const line = part("p", "");
    line.append(part("b", words.dataset.lead), " ");
    found.forEach((word, number) => line.append(number ? ", " : "", part("mark", word)));
    box.append(line, part("p", words.dataset.advice, "second"));
    if (first) {
      const label = part("label", "", "tick");
      const tick = document.createElement("input");
      Object.assign(tick, { type: "checkbox", name: "anyway", value: "on", checked: ticked });
      label.append(tick, ` ${words.dataset.tick}`);
      box.append(label);
    }
    return box;
  }

  document.addEventListener("langsikt:marked", (event) => {
    const ticked = form.elements.anyway?.checked ?? false;
    let first = true;
    for (const place of form.querySelectorAll("[data-whereabouts]")) {
      const found = told(place.dataset.whereabouts, event.detail[place.dataset.whereabouts] ?? []);
      place.setAttribute("role", "status");
      const before = Array.from(place.querySelectorAll("mark"), (mark) => mark.textContent).join("|");
      const tick = Boolean(place.querySelector("[name=anyway]"));
      if (found.join("|") === before && tick === (first && found.length > 0)) {
        first &&= found.length === 0;
        continue;
      }
      place.replaceChildren(...(found.length ? [note(found, first, ticked)] : []));
      first &&= found.length === 0;
    }
  });
})();
