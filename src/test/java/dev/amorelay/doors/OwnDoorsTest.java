package dev.amorelay.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.doors.DoorAccess.Who;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class OwnDoorsTest {

    private static final String HASH = "0123456789abcdef".repeat(4);

    private final DoorHold hold = new DoorHold();
    private final OwnDoors own = new OwnDoors(hold);
    private final DoorComponent component = component();
    private boolean gone;

    private static DoorComponent component() {
        DoorComponent component = new DoorComponent();
        component.setCamelContext(new DefaultCamelContext());
        component.setEngine((endpoint, processor) -> null);
        return component;
    }

    private DoorAccess open(String address) throws Exception {
        PlatformHttpEndpoint door = (PlatformHttpEndpoint) component.createEndpoint(address);
        own.opened(door, component.access(door), () -> gone);
        return component.access(door);
    }

    private static MockHttpServletRequest request(String verb, String address) {
        return new MockHttpServletRequest(verb, address);
    }

    private Who who(String verb, String address) {
        return own.at(request(verb, address)).map(DoorAccess::who).orElse(Who.UNSAID);
    }

    @Test
    void whatAFlowSaysHoldsForItsAddressAndMethods() throws Exception {
        assertThat(open("platform-http:/partner/orders?httpMethodRestrict=POST,PUT&access=open&headers=X-A,x-b").headers()).containsExactly("x-a", "x-b");
        assertThat(who("POST", "/partner/orders")).isEqualTo(Who.OPEN);
        assertThat(who("PUT", "/partner/orders")).isEqualTo(Who.OPEN);
        assertThat(who("GET", "/partner/orders")).isEqualTo(Who.UNSAID);
        assertThat(who("POST", "/partner/orders/17")).isEqualTo(Who.UNSAID);
        open("platform-http:/partner/orders/{id}?access=admin&httpMethodRestrict=POST");
        assertThat(who("POST", "/partner/orders/17")).isEqualTo(Who.ADMIN);
        open("platform-http:/partner/files?access=viewer&matchOnUriPrefix=true");
        assertThat(who("DELETE", "/partner/files/a/b")).isEqualTo(Who.VIEWER);
    }

    @Test
    void theNearestAddressSays() throws Exception {
        open("platform-http:/partner?access=open&matchOnUriPrefix=true");
        open("platform-http:/partner/orders?access=admin");
        assertThat(who("GET", "/partner/orders")).isEqualTo(Who.ADMIN);
        assertThat(who("GET", "/partner/others")).isEqualTo(Who.OPEN);
    }

    @Test
    void anEditTakesThePlaceOfWhatWasSaidBefore() throws Exception {
        open("platform-http:/partner/orders?access=open");
        MockHttpServletRequest onItsWay = request("GET", "/partner/orders");
        assertThat(own.isAny(onItsWay, Who.OPEN)).isTrue();
        DoorAccess now = open("platform-http:/partner/orders?access=admin");
        assertThat(who("GET", "/partner/orders")).isEqualTo(Who.ADMIN);
        // it was let in as to an open door, and is not let in to this one
        assertThat(OwnDoors.isJudged(onItsWay, now)).isFalse();
        assertThat(own.isAny(onItsWay, Who.OPEN)).isTrue();
        DoorAccess unsaid = open("platform-http:/partner/orders");
        assertThat(who("GET", "/partner/orders")).isEqualTo(Who.UNSAID);
        assertThat(OwnDoors.isJudged(onItsWay, unsaid)).isFalse();
        assertThat(OwnDoors.isJudged(request("GET", "/ingest/leads"), unsaid)).as("a door whose address says it").isTrue();
    }

    @Test
    void aDoorThatIsGoneIsKnownUntilTheExchangeIsOver() throws Exception {
        open("platform-http:/partner/orders?access=operator");
        hold.close();
        gone = true;
        assertThat(who("GET", "/partner/orders")).isEqualTo(Who.OPERATOR);
        hold.open();
        assertThat(who("GET", "/partner/orders")).isEqualTo(Who.UNSAID);
    }

    @Test
    void aKeyedDoorIsOpenedByItsKeyOnly() throws Exception {
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("open-sesame".getBytes(StandardCharsets.UTF_8)));
        open("platform-http:/partner/orders?access=keyed&keyHash=" + hash);
        Map<String, String> brought = new HashMap<>(Map.of("X-Api-Key", "open-sesame", "Authorization", "Bearer open-sesame"));
        brought.forEach((header, value) -> {
            MockHttpServletRequest request = request("GET", "/partner/orders");
            request.addHeader(header, value);
            assertThat(own.bringsKey(request)).as(header).isTrue();
            MockHttpServletRequest wrong = request("GET", "/partner/orders");
            wrong.addHeader(header, value + "!");
            assertThat(own.bringsKey(wrong)).as(header).isFalse();
        });
        assertThat(own.bringsKey(request("GET", "/partner/orders"))).isFalse();
    }

    @Test
    void whatIsWrongDoesNotOpen() {
        for (String options : new String[] {"access=all", "access=keyed", "access=keyed&keyHash=abc", "access=open&keyHash=" + HASH, "headers=Cookie"}) {
            assertThatThrownBy(() -> open("platform-http:/partner/orders?" + options)).as(options).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
