package dev.amorelay.sandbox.crm;

import java.lang.reflect.Method;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Serves the API of every account, each under its bases and with controllers of its own. */
public final class AccountMappings extends RequestMappingHandlerMapping {

    private final CrmAccounts accounts;
    private String base = "";

    /** Serves {@code accounts}. */
    public AccountMappings(CrmAccounts accounts) {
        this.accounts = accounts;
        setOrder(-1);
    }

    @Override
    protected void initHandlerMethods() {
        for (CrmAccount account : accounts.all()) {
            for (String one : account.bases()) {
                base = one;
                account.api().forEach(this::detectHandlerMethods);
            }
        }
    }

    @Override
    protected RequestMappingInfo getMappingForMethod(Method method, Class<?> controller) {
        RequestMappingInfo own = super.getMappingForMethod(method, controller);
        return own == null ? null : RequestMappingInfo.paths(base).options(getBuilderConfiguration()).build().combine(own);
    }
}
