"""A model that reads its answers from a script, behind the HTTP API that the agent expects.

It keeps no state: which step is next follows from the conversation that comes with each request.
"""

from __future__ import annotations

import contextlib
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from scenario import TASKS, Call, Refusal, Task

NAME = "scripted-coder"


def task_of(messages: list[dict]) -> tuple[Task, int] | None:
    """The task that the conversation is about, and how many steps of it are behind."""
    for at, message in enumerate(messages):
        task = next((task for task in TASKS if task.prompt in str(message.get("content"))), None)
        if message.get("role") == "user" and task:
            return task, sum(1 for later in messages[at:] if later.get("tool_calls"))
    return None


def usage(messages: list[dict], text: str) -> dict:
    """About a token for four letters."""
    prompt, completion = len(json.dumps(messages)) // 4, max(1, len(text) // 4)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


class Handler(BaseHTTPRequestHandler):
    """One connection of the agent."""

    pause = 3.0

    def handle_one_request(self) -> None:
        # The agent hangs up on work beside the task when its run ends.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle_one_request()

    def log_message(self, *_: object) -> None:
        """The report tells what matters."""

    def do_GET(self) -> None:
        pricing = {"prompt": "0.000003", "completion": "0.000015"}
        model = {"id": NAME, "object": "model", "owned_by": "script", "context_length": 200_000, "pricing": pricing}
        self.json(200, {"object": "list", "data": [model]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
        messages = body.get("messages", [])
        found = task_of(messages) if body.get("tools") else None
        if not found:
            # Work beside the task: the title of the session.
            title = next((task.prompt for task in TASKS if task.prompt in json.dumps(messages)), "Nothing")
            self.answer(body, title, None)
            return
        task, step = found
        time.sleep(self.pause)
        next_step = task.steps[step] if step < len(task.steps) else None
        if isinstance(next_step, Refusal):
            error = {"message": next_step.message, "type": "server_error", "code": next_step.status}
            self.json(next_step.status, {"error": error})
        elif next_step:
            self.answer(body, next_step.text, next_step)
        else:
            self.answer(body, task.answer, None)

    def answer(self, body: dict, text: str, call: Call | None) -> None:
        """Answers whole or in pieces, as it was asked for."""
        made = {"id": f"chatcmpl-{time.time_ns()}", "created": int(time.time()), "model": body.get("model", NAME)}
        message: dict = {"role": "assistant", "content": text}
        if call:
            function = {"name": call.tool, "arguments": json.dumps(call.arguments)}
            message["tool_calls"] = [{"id": f"call_{time.time_ns():024x}", "type": "function", "function": function}]
        finish = "tool_calls" if call else "stop"
        spent = usage(body.get("messages", []), text)
        if not body.get("stream"):
            choice = {"index": 0, "message": message, "finish_reason": finish}
            self.json(200, {**made, "object": "chat.completion", "choices": [choice], "usage": spent})
            return
        calls = message.pop("tool_calls", [])
        pieces = [message] + [{"tool_calls": [{"index": at, **one}]} for at, one in enumerate(calls)]
        chunk = {**made, "object": "chat.completion.chunk"}
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for piece in pieces:
            self.event({**chunk, "choices": [{"index": 0, "delta": piece, "finish_reason": None}]})
        self.event({**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        self.event({**chunk, "choices": [], "usage": spent})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def event(self, value: dict) -> None:
        self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")

    def json(self, status: int, value: dict) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def start(pause: float) -> str:
    """Starts the model on a free port of this machine and returns its address."""
    Handler.pause = pause
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/v1"
