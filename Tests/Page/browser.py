"""A headless Chromium over its DevTools protocol, spoken on two pipes: nothing to install but the browser."""

import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "brave-browser"]


class Browser:
    """One browser with any number of windows."""

    def __init__(self):
        named = os.environ.get("CESUAN_BROWSER")
        path = shutil.which(named) if named else next((p for p in map(shutil.which, NAMES) if p), None)
        if not path:
            raise SystemExit("there is no Chromium; apt-get install chromium brings one")
        self.profile = tempfile.mkdtemp(prefix="cesuan-page-")
        # The browser reads its orders from descriptor 3 and answers on 4.
        order_end, self.orders = os.pipe()
        self.answers, answer_end = os.pipe()

        def arrange():
            low, high = os.dup(order_end), os.dup(answer_end)
            os.dup2(low, 3)
            os.dup2(high, 4)

        command = [path, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--disable-extensions",
                   "--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars",
                   "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--disable-background-timer-throttling",
                   "--force-color-profile=srgb", f"--user-data-dir={self.profile}", "about:blank"]
        if os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        self.process = subprocess.Popen(command, preexec_fn=arrange, close_fds=False,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(order_end)
        os.close(answer_end)
        self.rest = b""
        self.number = 0
        self.events = []

    def message(self, until):
        """The next message; None when none comes in time."""
        while b"\0" not in self.rest:
            wait = until - time.monotonic()
            if wait <= 0 or not select.select([self.answers], [], [], wait)[0]:
                return None
            chunk = os.read(self.answers, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser has ended")
            self.rest += chunk
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, session=None, **params):
        self.number += 1
        number = self.number
        order = {"id": number, "method": method, "params": params}
        if session:
            order["sessionId"] = session
        os.write(self.orders, json.dumps(order).encode() + b"\0")
        until = time.monotonic() + 60
        while True:
            message = self.message(until)
            if message is None:
                raise RuntimeError(f"the browser does not answer to {method}")
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def window(self, address, width=1280, height=900, phone=False, scheme="light"):
        target = self.call("Target.createTarget", url="about:blank", newWindow=True)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        window = Window(self, target, session)
        window.call("Page.enable")
        window.call("Runtime.enable")
        window.call("Log.enable")
        window.call("Network.enable")
        window.size(width, height, phone)
        window.scheme(scheme)
        window.go(address)
        return window

    def close(self):
        try:
            self.call("Browser.close")
        except (RuntimeError, OSError):
            self.process.kill()
        self.process.wait()
        os.close(self.orders)
        os.close(self.answers)
        shutil.rmtree(self.profile, ignore_errors=True)


class Window:
    def __init__(self, browser, target, session):
        self.browser, self.target, self.session = browser, target, session

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def size(self, width, height, phone=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2 if phone else 1, mobile=phone)
        self.call("Emulation.setTouchEmulationEnabled", enabled=phone)

    def scheme(self, name):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def go(self, address):
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete'")

    def run(self, script):
        """The value of an expression in the page, which may be a promise."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"].get("exception", {}).get("description", script))
        return result["result"].get("value")

    def wait(self, condition, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.run(f"Boolean({condition})"):
                return
            time.sleep(0.02)
        raise AssertionError(f"never: {condition}\n" + str(self.run("document.body.innerText"))[:3000])

    def key(self, key, code=None, modifiers=0, text=None):
        numbers = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowRight": 39, "ArrowLeft": 37, "End": 35, "Home": 36, " ": 32}
        shared = {"key": key, "code": code or key, "modifiers": modifiers, "windowsVirtualKeyCode": numbers.get(key, 0)}
        self.call("Input.dispatchKeyEvent", type="keyDown", **shared, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **shared)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def click(self, selector):
        """Clicks in the middle of an element, as a mouse does."""
        x, y = self.run(f"""(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center', behavior: 'instant'}});
          const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path, whole=False):
        import base64
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def mistakes(self):
        """What the page complained about, and what it asked of others."""
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            if event["method"] == "Runtime.exceptionThrown":
                found.append(event["params"]["exceptionDetails"].get("exception", {}).get("description", "exception"))
            if event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
                found.append(event["params"]["entry"]["text"] + " " + event["params"]["entry"].get("url", ""))
            if event["method"] == "Network.requestWillBeSent":
                address = event["params"]["request"]["url"]
                if not address.startswith(("http://127.0.0.1:", "data:", "about:")):
                    found.append("asked " + address)
        return found
