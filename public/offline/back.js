// Notices that the server answers again.

/**
 * Calls `then` once, when the server has answered. The browser tries by itself again and again, as it does for the stream of
 * every page that follows what happens.
 */
export function whenServerAnswers(then) {
  const stream = new EventSource("/api/v1/live?kinds=");
  const answered = () => {
    stream.close();
    then();
  };
  stream.onopen = answered;
  // That there is no stream to be had is an answer, too: the page will say why.
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) answered();
  };
}
