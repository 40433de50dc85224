// Makes and uses passkeys: the page brings what the browser needs, the form takes what the browser answers.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function made(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const excludeCredentials = known(options.excludeCredentials);
  const publicKey = { ...options, user, excludeCredentials, challenge: bytes(options.challenge) };
  const one = await navigator.credentials.create({ publicKey });
  return shape(one, {
    attestationObject: text(one.response.attestationObject),
    clientDataJSON: text(one.response.clientDataJSON),
  });
}

async function used(options) {
  const allowCredentials = known(options.allowCredentials);
  const one = await navigator.credentials.get({
    publicKey: { ...options, allowCredentials, challenge: bytes(options.challenge) },
  });
  return shape(one, {
    authenticatorData: text(one.response.authenticatorData),
    clientDataJSON: text(one.response.clientDataJSON),
    signature: text(one.response.signature),
    userHandle: one.response.userHandle ? text(one.response.userHandle) : null,
  });
}

function shape(one, response) {
  return JSON.stringify({ id: one.id, rawId: text(one.rawId), type: one.type, response, clientExtensionResults: {} });
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  const form = part.querySelector("form");
  part.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = part.querySelector("[data-said]");
    said.hidden = true;
    try {
      const options = JSON.parse(part.dataset.options);
      form.elements.passkey.value = await (part.dataset.passkey === "make" ? made(options) : used(options));
      form.submit();
    } catch {
      said.textContent = "The browser did not go through with it. Nothing has changed; you can try again.";
      said.hidden = false;
    }
  });
}
