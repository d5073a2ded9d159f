// Milliseconds from starting the program to the end of its first answer.
import { spawn } from "node:child_process";
import { createServer, connect } from "node:net";

const probe = createServer().listen(0, "127.0.0.1", () => {
  const { port } = probe.address();
  probe.close(() => {
    const began = process.hrtime.bigint();
    const child = spawn(process.argv[2], ["--port", String(port), "--log-level", "off"], { stdio: "ignore" });
    const attempt = () => {
      const socket = connect(port, "127.0.0.1", () => socket.write("POST /vault/sessions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nx-apideck-app-id: a\r\nx-apideck-consumer-id: c\r\nContent-Length: 0\r\n\r\n"));
      socket.on("error", () => setTimeout(attempt, 0.2));
      socket.on("data", () => {
        console.log(Number(process.hrtime.bigint() - began) / 1e6);
        socket.destroy();
        child.kill("SIGTERM");
      });
    };
    attempt();
  });
});
