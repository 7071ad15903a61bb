// A real provider of OpenID Connect on this machine: whoever it asks says who they are, and is believed.
// node provider.mjs REDIRECT_URI [--in-token | --forging]; its first line says where it listens. It ends with whoever started it.
// With --forging what somebody types as their subject says what is wrong with their ID token.
import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const people = new Map();

function form(email) {
  return `<!doctype html><html lang="en"><title>Sign in elsewhere</title>
    <form method="post">
      <label>E-mail <input id="email" name="email" value="${email}"></label>
      <label>Subject <input id="subject" name="subject"></label>
      <label>Given name <input name="given" value="Gita"></label>
      <label>Family name <input name="family" value="Raman"></label>
      <label><input type="checkbox" id="verified" name="verified" value="yes" checked> verified</label>
      <button id="in" name="do" value="in">Sign in</button> <button name="do" value="no">Cancel</button>
    </form></html>`;
}

const key = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const [ours, strange] = [key(), key()];
const packed = (what) => Buffer.from(JSON.stringify(what)).toString("base64url");

// The token as a liar would write it.
function forged(token) {
  const [head, claims] = token.split(".").slice(0, 2).map((part) => JSON.parse(Buffer.from(part, "base64url")));
  const lie = claims.sub;
  if (lie === "nobody") claims.sub = "";
  if (lie === "endless") claims.sub = "a".repeat(256);
  if (lie === "nought") claims.sub = "a\u0000b";
  if (lie === "nonce") claims.nonce = "another";
  if (lie === "audience") claims.aud = "another";
  if (lie === "issuer") claims.iss = "https://another.example";
  if (lie === "expired") claims.exp = claims.iat - 3600;
  if (lie === "unsigned") return `${packed({ ...head, alg: "none" })}.${packed(claims)}.`;
  const text = `${packed(head)}.${packed(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(lie === "signature" ? strange : ours, "base64url")}`;
}

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return new URLSearchParams(text);
}

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "belfry", client_secret: "a secret of both", redirect_uris: [process.argv[2]] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
    conformIdTokenClaims: process.argv[3] !== "--in-token",
    jwks: { keys: [{ ...ours.export({ format: "jwk" }), kid: "ours", use: "sig", alg: "RS256" }] },
    cookies: { keys: ["for tests alone"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => people.get(sub) }),
    async loadExistingGrant(ctx) {
      const grant = new provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  if (process.argv[3] === "--forging") {
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.body?.id_token) ctx.body.id_token = forged(ctx.body.id_token);
    });
  }
  const protocol = provider.callback();

  server.on("request", async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return protocol(request, response);
    if (request.method === "GET") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return response.end(form(""));
    }
    const said = await body(request);
    if (said.get("do") === "no") {
      return provider.interactionFinished(request, response, { error: "access_denied" });
    }
    const email = said.get("email");
    const sub = said.get("subject") || email;
    people.set(sub, {
      sub,
      email,
      email_verified: said.get("verified") === "yes",
      given_name: said.get("given"),
      family_name: said.get("family"),
    });
    return provider.interactionFinished(request, response, { login: { accountId: sub, remember: false } });
  });
  console.log(issuer);
});
process.stdin.resume();
process.stdin.on("end", () => process.exit());
