// Asks the browser for a passkey, or for its signature, and sends the answer with the form.
(() => {
  const form = document.querySelector("form[data-passkey]");
  const asked = document.getElementById("passkey-asked");
  if (!form || !asked || !window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    if (form) form.hidden = true;
    return;
  }
  const failed = form.querySelector("[data-passkey-failed]");
  const options = JSON.parse(asked.textContent).publicKey;

  function answer() {
    if (form.dataset.passkey === "create") {
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    }
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify((await answer()).toJSON());
    } catch {
      failed.hidden = false;
      return;
    }
    form.submit();
  });
})();
