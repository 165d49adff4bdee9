package dev.amorelay;

import dev.amorelay.amocrm.CrmCall;
import dev.amorelay.sandbox.SandboxSettings;
import java.util.logging.Logger;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.beans.factory.annotation.Autowired;

/** Does everything that {@link BordersTest} forbids. */
class WrongManager {

    private static int calls;
    private static final Logger LOG = Logger.getLogger("x");

    @Autowired
    private HttpHost host;

    String all(CrmCall call, SandboxSettings settings) throws InterruptedException {
        Thread.sleep(1);
        LOG.info("x");
        System.out.println(calls++);
        return host + call.path() + settings;
    }
}
