// Copies the text of a part of the page, and says so.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const said = button.parentElement.querySelector("[data-copy-said]");
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy).innerText.replace(/\n{3,}/g, "\n\n").trim();
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = button.dataset.copied;
      } catch {
        said.textContent = button.dataset.notCopied;
      }
    });
  }
})();
