package dev.amorelay.sandbox.crm;

import dev.amorelay.sandbox.faults.Fault;
import dev.amorelay.sandbox.limits.Limits.Arrival;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The one place that every call to the stand-in passes: it counts the call, holds the account's limits, takes its time,
 * lets go wrong what was wished to, and asks for the token.
 */
public final class CrmGate extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final CrmAccounts accounts;

    /** The gate of all {@code accounts}. */
    public CrmGate(CrmAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<CrmAccount> account = accounts.at(request.getRequestURI());
        if (account.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        AccountConduct conduct = account.get().conduct();
        CallKind kind = CallKind.of(request.getMethod(), request.getRequestURI(), account.get().baseOf(request.getRequestURI()));
        conduct.calls().count(kind);
        Arrival arrival = conduct.limits().arrive();
        Duration latency = conduct.latency().next();
        if (!latency.isZero()) {
            conduct.faults().hold(latency);
        }
        switch (arrival.fate()) {
            case BLOCKED -> PlainAnswer.page(response, 403, "Forbidden");
            case TOO_MANY -> PlainAnswer.tooMany(response, conduct.tooManyForm(), arrival.retryAfter());
            case PASS -> pass(account.get(), kind, request, response, chain);
        }
    }

    private static void pass(CrmAccount account, CallKind kind, HttpServletRequest request, HttpServletResponse response,
                             FilterChain chain) throws ServletException, IOException {
        if (!account.isHome(request.getRequestURI())) {
            PlainAnswer.page(response, 404, "Not Found");
            return;
        }
        FaultyCall.Work work = (asked, answer) -> {
            if (kind.needsToken() && !mayPass(account, asked)) {
                PlainAnswer.problem(answer, CrmProblem.unauthorized());
            } else {
                chain.doFilter(asked, answer);
            }
        };
        Optional<Fault<CrmFault>> fault = account.conduct().faults()
                .draw(kind.method(), kind.scope(), one -> FaultyCall.concerns(one, request));
        if (fault.isPresent()) {
            new FaultyCall(account.conduct().faults())
                    .run(fault.get(), request, response, account.conduct().tooManyForm(), work);
        } else {
            work.run(request, response);
        }
    }

    private static boolean mayPass(CrmAccount account, HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith(BEARER) && account.tokens().opens(header.substring(BEARER.length()));
    }
}
