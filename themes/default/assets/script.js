/* Small comforts. Every page works without them. */
(function () {
  "use strict";
  var menu = document.querySelector(".menu");
  if (menu) {
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll(".print"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });

  /* What starts to play stops what was playing. */
  document.addEventListener("play", function (event) {
    Array.prototype.forEach.call(document.querySelectorAll("video,audio"), function (player) {
      if (player !== event.target) player.pause();
    });
  }, true);
})();
