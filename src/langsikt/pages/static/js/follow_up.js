// The follow-up one part at a time, the answers to check, and the strip that is redrawn as one writes.
(() => {
  const form = document.querySelector("form[data-parts]");
  if (!form) return;
  const parts = [...form.querySelectorAll("[data-part]")];
  const links = [...document.querySelectorAll("[data-part-link]")];
  const opened = form.querySelector("[data-open-part]");
  const check = form.querySelector("[data-check]");
  let current = parts[0];
  let checking = false;

  function holding(id) {
    const found = document.getElementById(id || "-");
    return parts.find((part) => part === found || part.contains(found));
  }

  // --- one part at a time ---------------------------------------------------------------------

  function show(part, focus) {
    current = part;
    for (const one of parts) one.hidden = one !== part;
    for (const link of links) {
      if (link.hash === `#${part.id}`) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    opened.value = part.id;
    if (part === parts.at(-1)) review();
    for (const way of part.querySelectorAll("[data-to-check]")) way.hidden = !checking;
    if (!focus) return;
    part.querySelector("h2").focus();
    window.scrollTo(0, 0);
  }

  function go(part) {
    if (!part) return;
    if (window.location.hash === `#${part.id}`) show(part, true);
    else window.location.hash = part.id;
  }

  window.addEventListener("hashchange", () => {
    const id = window.location.hash.slice(1);
    const part = holding(id) ?? parts[0];
    if (!id || part.id === id) {
      show(part, true);
      return;
    }
    show(part, false);
    document.getElementById(id).scrollIntoView({ block: "center" });
    document.getElementById(id).focus();
  });

  form.addEventListener("click", (event) => {
    const at = parts.indexOf(current);
    if (event.target.closest("[data-next]")) go(parts[at + 1]);
    else if (event.target.closest("[data-back]")) go(parts[at - 1]);
    else if (event.target.closest("[data-to-check]")) go(parts.at(-1));
  });

  // Enter in a field goes on; only the last part saves.
  form.addEventListener(
    "submit",
    (event) => {
      if (current === parts.at(-1)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      go(parts[parts.indexOf(current) + 1]);
    },
    true,
  );

  // --- the answers as they stand --------------------------------------------------------------

  const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const seen = (element) => {
    for (let box = element; box && box !== form; box = box.parentElement) {
      if (!box.matches("[data-part]") && window.getComputedStyle(box).display === "none") return false;
    }
    return true;
  };

  function said(label) {
    const copy = label.cloneNode(true);
    for (const extra of copy.querySelectorAll(".unseen, .later")) extra.remove();
    return words(copy);
  }

  function day(value) {
    const found = new Date(`${value}T12:00`);
    if (Number.isNaN(found.getTime())) return value;
    return found.toLocaleDateString(check.dataset.locale, { day: "numeric", month: "long", year: "numeric" });
  }

  function chosen(group) {
    return [...group.querySelectorAll("input:checked")].filter(seen).map((input) => {
      const label = input.closest("label");
      return words(input.name.startsWith("outcome-pick") && label.querySelector(".second")) || said(label);
    });
  }

  // Every question that can be seen with its answer; a card of a support is one question.
  function answers(part) {
    const found = [];
    for (const box of part.querySelectorAll(".field, .outcome-card")) {
      if (!seen(box) || box.parentElement.closest(".outcome-card")) continue;
      const label = box.querySelector("legend, .group-label, label");
      if (label) found.push([said(label), answer(box), box]);
    }
    return found;
  }

  function answer(box) {
    if (box.matches(".outcome-card")) return outcome(box);
    if (box.matches(".goals")) return goals(box);
    const input = box.querySelector("textarea, input[type=text], input[type=date], select");
    if (box.matches(".is-yes")) return box.querySelector("input").checked ? check.dataset.yes : check.dataset.no;
    if (box.matches("fieldset")) return chosen(box).join(", ");
    return input?.type === "date" && input.value ? day(input.value) : (input?.value ?? "");
  }

  function goals(box) {
    return [...box.querySelectorAll("fieldset")]
      .map((goal) => [said(goal.querySelector("legend")), chosen(goal).join(", ")])
      .filter(([, found]) => found)
      .map(([goal, found]) => `${goal}: ${found}`)
      .join("\n");
  }

  function outcome(card) {
    const picked = chosen(card);
    const dates = [...card.querySelectorAll("input[type=date]")].filter((input) => input.value && seen(input));
    const open = [...card.querySelectorAll(".unanswered")].some(seen) ? [check.dataset.unanswered] : [];
    return [...picked, ...dates.map((input) => day(input.value)), ...open].join(", ") || words(card.querySelector(".decides"));
  }

  function row([question, found, box]) {
    const line = document.createElement("div");
    const term = document.createElement("dt");
    const told = document.createElement("dd");
    term.textContent = question;
    told.textContent = found || check.dataset.empty;
    told.className = found ? "" : "second";
    if (box.querySelector(".unanswered") && found.includes(check.dataset.unanswered)) told.classList.add("alarm");
    line.append(term, told);
    return line;
  }

  function review() {
    checking = true;
    check.hidden = false;
    check.replaceChildren(
      ...parts.slice(0, -1).map((part) => {
        const section = document.createElement("section");
        const head = document.createElement("h3");
        const change = document.createElement("a");
        const list = document.createElement("dl");
        const title = words(part.querySelector("h2"));
        part.hidden = false; // what is not drawn cannot be asked what it shows
        list.append(...answers(part).map(row));
        part.hidden = true;
        head.textContent = title;
        change.href = `#${part.id}`;
        change.textContent = check.dataset.change;
        change.setAttribute("aria-label", `${check.dataset.change} ${title}`);
        list.className = "facts";
        section.append(head, change, list);
        return section;
      }),
    );
  }

  // --- the strip ------------------------------------------------------------------------------

  const strip = form.querySelector("[data-strip]");
  const spoken = form.querySelector("[data-strip-said]");
  const failed = form.querySelector("[data-strip-failed]");
  const DELAY = 350;
  let timer = 0;
  let asked = null;

  function narrow() {
    return window.matchMedia("(max-width: 1000px)").matches;
  }

  // Beside the cards where there is room; otherwise after the card that is being answered.
  function place(card) {
    const slot = card?.nextElementSibling;
    if (narrow() && slot?.matches("[data-strip-slot]")) {
      if (strip.parentElement !== slot) slot.append(strip);
    } else if (!narrow() && !strip.parentElement.matches(".with-strip")) {
      form.querySelector(".with-strip").append(strip);
    }
  }

  function fill(piece) {
    for (const filling of piece.querySelectorAll("[data-fill]")) {
      const slot = form.querySelector(`[data-slot="${filling.dataset.fill}"]`);
      if (!slot || slot.innerHTML === filling.innerHTML) continue;
      const focused = slot.contains(document.activeElement) && document.activeElement.name;
      const value = focused && document.activeElement.value;
      slot.replaceChildren(...filling.childNodes);
      if (focused) slot.querySelector(`[name="${focused}"][value="${value}"]`)?.focus();
    }
    for (const one of piece.querySelectorAll("[data-short-of]")) {
      const other = form.querySelector(`[name="outcome-pick-${one.dataset.shortOf}"][value=other]`);
      other?.toggleAttribute("data-short", Boolean(one.dataset.isShort));
    }
    for (const more of form.querySelectorAll(".after-more")) {
      if (!more.parentElement.querySelector("[data-answered]")) more.open = true;
    }
  }

  // What changes the plan: the answers of the cards, and whether what comes after moves along.
  function redraws(name) {
    return name?.startsWith("outcome") || name === "move_after";
  }

  async function redraw() {
    asked?.abort();
    asked = new AbortController();
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (redraws(name)) typed.append(name, value);
    try {
      const answer = await fetch(form.dataset.gapsUrl, {
        method: "POST",
        body: typed,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        credentials: "same-origin",
        redirect: "error",
        signal: asked.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const piece = document.createElement("template");
      piece.innerHTML = await answer.text();
      fill(piece.content);
      spoken.textContent = words(strip.querySelector("[data-news]"));
      failed.hidden = true;
    } catch (fault) {
      if (fault.name !== "AbortError") failed.hidden = false;
    }
  }

  form.addEventListener("input", (event) => {
    if (!redraws(event.target.name)) return;
    if (event.target.name !== "move_after") place(event.target.closest("[data-support]"));
    asked?.abort(); // an answer to what was typed before must not be laid over what is typed now
    window.clearTimeout(timer);
    timer = window.setTimeout(redraw, DELAY);
  });
  window.addEventListener("resize", () => place(form.querySelector("[data-support]")));

  // --- as it opens ----------------------------------------------------------------------------

  const first = holding(window.location.hash.slice(1)) ?? holding(opened.value) ?? parts[0];
  document.documentElement.classList.add("in-parts");
  show(first, false);
  place(form.querySelector("[data-support]"));
})();
