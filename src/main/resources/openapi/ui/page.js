// Only in the sandbox do page and doors share an address, and only there a try does no harm.
const tries = location.pathname.startsWith("/sandbox/");

SwaggerUIBundle({
  url: "openapi.yaml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: tries ? ["get", "post"] : [],
  // by default the document would be sent to a site that checks it
  validatorUrl: null,
});
