package dev.amorelay.sandbox.crm;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request as an account sees it that does not know {@code filter[id]} (facts §3.1, §9). */
final class UnfilteredRequest extends HttpServletRequestWrapper {

    UnfilteredRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
        parameters.keySet().removeIf(name -> name.startsWith("filter[id]"));
        return parameters;
    }
}
