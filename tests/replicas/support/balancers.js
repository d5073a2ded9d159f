// Balancers in front of replicas: each request goes to the next one, whatever connection it came on. Answers name the
// replica in the header x-replica, as "0", "1", …

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/launch.js";
import { folder, places, serve } from "./services.js";

const portOf = ({ url }) => new URL(url).port;

const haproxyConfig = (port, replicas) => `
global
  maxconn 2000
defaults
  mode http
  maxconn 2000
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  option redispatch 1
  option http-no-delay
frontend entrance
  bind 127.0.0.1:${port}
  default_backend replicas
backend replicas
  balance roundrobin
  http-response set-header x-replica %s
${replicas.map((replica, i) => `  server ${i} 127.0.0.1:${portOf(replica)} check inter 100ms fall 2 rise 1`).join("\n")}
`;

const nginxConfig = (home, port, replicas) => `
daemon off; master_process off; error_log stderr crit; pid ${home}/pid;
events { worker_connections 2000; }
http {
  access_log off; keepalive_requests 100000000;
  client_body_temp_path ${home}; proxy_temp_path ${home}; fastcgi_temp_path ${home}; uwsgi_temp_path ${home}; scgi_temp_path ${home};
  upstream replicas {
${replicas.map((replica) => `    server 127.0.0.1:${portOf(replica)} fail_timeout=1s;`).join("\n")}
    keepalive 64;
    keepalive_requests 100000000;
  }
  map $upstream_addr $replica {
${replicas.map((replica, i) => `    127.0.0.1:${portOf(replica)} ${i};`).join("\n")}
  }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 0;
    location / {
      proxy_pass http://replicas; proxy_http_version 1.1; proxy_buffering off;
      proxy_set_header Connection ""; proxy_set_header Host $http_host;
      add_header x-replica $replica always;
    }
  }
}`;

async function start(command, args, port) {
  const url = `http://127.0.0.1:${port}`;
  const server = await serve(command, args, async () => (await fetch(`${url}/_mock/health`)).ok);
  return Object.assign(server, { url });
}

export async function startHaproxy(replicas) {
  const [port, file] = [await freePort(), join(folder(), "haproxy.cfg")];
  writeFileSync(file, haproxyConfig(port, replicas));
  return start(places.haproxy, ["-db", "-q", "-f", file], port);
}

export async function startNginx(replicas) {
  const [port, home] = [await freePort(), folder()];
  writeFileSync(join(home, "nginx.conf"), nginxConfig(home, port, replicas));
  return start(places.nginx, ["-p", home, "-c", join(home, "nginx.conf")], port);
}

export const balancers = { haproxy: startHaproxy, nginx: startNginx };
