// What the client cannot say itself: that it has stopped. A fault in it ends it for good; the page goes on looking alive.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError) document.documentElement.dataset.stopped = "";
});
