// A form that sends files says how far it is, and keeps everything where the network breaks. Without script it is a plain
// form: the browser sends it and shows its own wheel.
for (const form of document.querySelectorAll("form[data-sending]")) {
  const shown = form.querySelector(".progress"), broken = form.querySelector("[data-broken]");
  const bar = shown.querySelector("progress"), button = form.querySelector("button");
  const over = () => { shown.hidden = true; broken.hidden = false; button.disabled = false; };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.upload.onprogress = (far) => { if (far.lengthComputable) bar.value = (100 * far.loaded) / far.total; };
    sending.onerror = over;
    sending.ontimeout = over;
    // The answer is the next page, with what it says of the deed: it is shown as it came.
    sending.onload = () => {
      if (sending.status >= 500) return over();
      const chosen = form.querySelector("input[type=file]").files;
      history.replaceState(null, "", sending.responseURL);
      document.open();
      document.write(sending.responseText);
      document.close();
      // Refused for another reason, the same files are sent again without being looked for again.
      const input = sending.status === 400 && document.querySelector("form[data-sending] input[type=file]");
      if (input) input.files = chosen;
    };
    shown.hidden = false;
    broken.hidden = true;
    button.disabled = true;
    bar.value = 0;
    sending.send(new FormData(form));
  });
}
