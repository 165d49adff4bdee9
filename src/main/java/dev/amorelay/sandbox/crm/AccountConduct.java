package dev.amorelay.sandbox.crm;

import dev.amorelay.sandbox.SandboxSettings;
import dev.amorelay.sandbox.faults.FaultList;
import dev.amorelay.sandbox.limits.Latency;
import dev.amorelay.sandbox.limits.Limits;
import dev.amorelay.sandbox.limits.TooManyForm;
import dev.amorelay.sandbox.limits.Window;

/** How an account's API treats its callers: limits, latency, faults, and what it counted. In memory only. */
public final class AccountConduct {

    private final CallCounts calls = new CallCounts();
    private final FaultList<CrmFault> faults = new FaultList<>(CrmFault.class);
    private final Limits limits;
    private final Latency latency;
    private volatile TooManyForm tooManyForm;

    /** Begins as {@code settings} say. */
    public AccountConduct(SandboxSettings settings) {
        limits = new Limits(Window.parse(settings.rateLimits()), settings.blockFor(), System::nanoTime);
        latency = new Latency(settings.latency(), settings.latencyJitter());
        tooManyForm = settings.tooManyForm();
    }

    /** @return calls by kind, refused ones included */
    public CallCounts calls() {
        return calls;
    }

    /** @return what goes wrong */
    public FaultList<CrmFault> faults() {
        return faults;
    }

    /** @return how many calls are let in */
    public Limits limits() {
        return limits;
    }

    /** @return how long answers take */
    public Latency latency() {
        return latency;
    }

    /** @return how a 429 looks */
    public TooManyForm tooManyForm() {
        return tooManyForm;
    }

    /** Changes how a 429 looks. */
    public void setTooManyForm(TooManyForm form) {
        tooManyForm = form;
    }
}
