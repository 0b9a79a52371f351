// Copies a shown value, but only once the server has written in the log that it is copied.
(() => {
  for (const button of document.querySelectorAll("[data-copy-field]")) {
    const row = button.closest(".reveal-row");
    const said = row.querySelector("[data-copy-said]");
    button.addEventListener("click", async () => {
      const body = new URLSearchParams({ field: button.dataset.copyField });
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      try {
        const answer = await fetch(button.dataset.copyUrl, {
          method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": token },
        });
        if (answer.status !== 204) throw new Error();
        await navigator.clipboard.writeText(row.querySelector("[data-revealed]").innerText.trim());
        said.textContent = button.dataset.copied;
      } catch {
        said.textContent = button.dataset.notCopied;
      }
    });
  }
})();
