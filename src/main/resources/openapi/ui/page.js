// Only in the sandbox do page and doors share an address, and only there a try does no harm.
const tries = location.pathname.startsWith("/sandbox/");

SwaggerUIBundle({
  url: "openapi.yaml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: tries ? ["get", "post"] : [],
  // what a browser posts to the admin's doors needs the token that their first answer brings
  requestInterceptor: request => {
    const token = document.cookie.split("; ").find(one => one.startsWith("RELAY-XSRF="));
    if (token) request.headers["X-XSRF-TOKEN"] = token.substring("RELAY-XSRF=".length);
    return request;
  },
  // by default the document would be sent to a site that checks it
  validatorUrl: null,
});
