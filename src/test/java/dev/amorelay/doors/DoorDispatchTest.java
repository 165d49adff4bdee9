package dev.amorelay.doors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DoorDispatchTest {

    private static final String LEFT_TO_MVC = "MVC";

    private final DoorDispatch dispatch = new DoorDispatch(new DoorHold());
    private CamelContext camel;

    @BeforeEach
    void open() throws Exception {
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("platform-http-engine", new SpringBootPlatformHttpEngine(8080, Runnable::run));
        camel.getComponent("platform-http", PlatformHttpComponent.class).addPlatformHttpListener(dispatch);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                door("exact", "/leads?httpMethodRestrict=POST");
                door("hooks", "/hooks?httpMethodRestrict=POST&matchOnUriPrefix=true");
                door("inner", "/hooks/inner?httpMethodRestrict=POST&matchOnUriPrefix=true");
                door("consent", "/hooks?httpMethodRestrict=GET");
                door("template", "/machines/{id}?httpMethodRestrict=GET");
                door("typed", "/typed?httpMethodRestrict=POST&consumes=application/json");
            }

            private void door(String id, String address) {
                from("platform-http:" + address).routeId(id).setBody().constant(id);
            }
        });
        camel.start();
    }

    @AfterEach
    void close() {
        camel.stop();
    }

    private String answerTo(String method, String address, String type) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest(method, address);
        request.setContentType(type);
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain mvc = new MockFilterChain();
        dispatch.doFilter(request, response, mvc);
        return mvc.getRequest() == null ? response.getContentAsString() : LEFT_TO_MVC;
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "POST, /leads, application/json, exact",
            "POST, /leads, -, exact",
            "POST, /hooks, application/x-www-form-urlencoded, hooks",
            "POST, /hooks/a-key, -, hooks",
            "POST, /hooks/, -, hooks",
            "POST, /hooks/inner, -, inner",
            "POST, /hooks/inner/key, -, inner",
            "POST, /hooks/innermost, -, hooks",
            "GET, /hooks, -, consent",
    })
    void aPlainRequestGoesToItsDoor(String method, String address, String type, String door) throws Exception {
        assertThat(answerTo(method, address, type)).isEqualTo(door);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "GET, /leads, -",
            "POST, /leads/more, -",
            "POST, /hooksmore, -",
            "POST, /hooks/%61, -",
            "POST, /hooks/a;b=c, -",
            "POST, //hooks, -",
            "POST, /hooks/../leads, -",
            "POST, /leads, multipart/form-data; boundary=x",
            "POST, /leads, Multipart/form-data",
            "GET, /machines/1, -",
            "POST, /typed, text/plain",
            "POST, /unknown, -",
    })
    void whatIsNotPlainIsLeftToMvc(String method, String address, String type) throws Exception {
        assertThat(answerTo(method, address, type)).isEqualTo(LEFT_TO_MVC);
    }

    @Test
    void aDoorThatIsShutIsPassedOverAndItsNeighbourStaysOpen() throws Exception {
        camel.getRouteController().stopRoute("consent");
        assertThat(answerTo("GET", "/hooks", null)).isEqualTo(LEFT_TO_MVC);
        assertThat(answerTo("POST", "/hooks", null)).isEqualTo("hooks");

        camel.getRouteController().startRoute("consent");
        assertThat(answerTo("GET", "/hooks", null)).isEqualTo("consent");
    }
}
