package dev.amorelay.contract;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * The contract on the management port, behind its login, at {@code /actuator/openapi/index.html}. To be read: the page there
 * tries nothing out, since the doors are at another port.
 */
@Component
@WebEndpoint(id = "openapi")
public class ContractEndpoint {

    private final ContractFiles files;

    /** @param files what there is to show */
    public ContractEndpoint(ContractFiles files) {
        this.files = files;
    }

    /** @return the document, as JSON */
    @ReadOperation
    public WebEndpointResponse<Resource> document() {
        return file("openapi.json");
    }

    /**
     * A file of the page.
     *
     * @param path its name
     * @return the file; 404 for any other name
     */
    @ReadOperation
    public WebEndpointResponse<Resource> file(@Selector(match = Match.ALL_REMAINING) String... path) {
        return files.named(String.join("/", path)).map(file -> new WebEndpointResponse<>(file.content(), 200, file.type()))
                .orElseGet(() -> new WebEndpointResponse<>(404));
    }
}
