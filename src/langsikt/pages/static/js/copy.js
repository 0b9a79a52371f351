// Copies the text of a part of the page, and says so.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const said = button.parentElement.querySelector("[data-copy-said]");
    button.addEventListener("click", async () => {
      const part = document.getElementById(button.dataset.copy);
      part.classList.add("is-copied"); // without the buttons in it, while it is read
      const text = part.innerText.replace(/\n{3,}/g, "\n\n").trim();
      part.classList.remove("is-copied");
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = button.dataset.copied;
      } catch {
        said.textContent = button.dataset.notCopied;
      }
    });
  }
})();
