// Lets a choice that may be left out be taken back.
(() => {
  for (const group of document.querySelectorAll("[data-clearable]")) {
    const button = group.querySelector("[data-clear]");
    const radios = [...group.querySelectorAll("input[type=radio]")];
    if (!button || !radios.length) continue;
    const refresh = () => {
      button.hidden = !radios.some((radio) => radio.checked);
    };
    group.addEventListener("change", refresh);
    button.addEventListener("click", () => {
      for (const radio of radios) radio.checked = false;
      refresh();
      radios[0].focus();
      radios[0].dispatchEvent(new Event("input", { bubbles: true }));
    });
    refresh();
  }
})();
