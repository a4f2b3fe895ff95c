"use strict";
/* Dialogs close when the server says so; an outcome chosen by its key leads on to the reason. */
(() => {
  document.addEventListener("close-dialogs", () => {
    document.querySelectorAll("dialog[open]").forEach((dialog) => {
      dialog.querySelectorAll("form").forEach((form) => form.reset());
      dialog.close();
    });
  });
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("input[type=radio][data-then]");
    if (choice && document.activeElement !== choice) document.getElementById(choice.dataset.then)?.focus();
  });
})();
