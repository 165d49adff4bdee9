package dev.amorelay.security;

import dev.amorelay.settings.WebhookSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/** From which addresses hooks are taken. */
@Component
class HookSenders {

    private final List<IpAddressMatcher> networks;

    /**
     * @param settings with the allowed addresses; none = everybody
     */
    HookSenders(WebhookSettings settings) {
        this.networks = settings.allowedIps().stream().map(IpAddressMatcher::new).toList();
    }

    /** A GET is a person's browser that comes back from amoCRM's consent page. */
    boolean mayCome(HttpServletRequest request) {
        return networks.isEmpty() || HttpMethod.GET.matches(request.getMethod())
                || networks.stream().anyMatch(network -> network.matches(request));
    }
}
