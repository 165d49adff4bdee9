package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** An engineer watches the routes, in a real browser; in an order in which the console is loaded twice only. */
@EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HawtioIT extends RunningRelay {

    private static final String ROUTE = "housekeeping.forget.old";
    private static final String ROUTES = management("/actuator/hawtio/camel/routes?nid=root-org.apache.camel-amo-relay-routes");
    private static final String ROW = "//tr[td[contains(., '" + ROUTE + "')]]";

    private static WebDriver browser;
    private static WebDriverWait wait;

    /** Once for all: the console is a large program to load. */
    @BeforeEach
    void logIn() {
        if (browser != null) {
            return;
        }
        browser = Browser.open();
        wait = new WebDriverWait(browser, Duration.ofSeconds(180));
        browser.get(management("/actuator/hawtio"));
        // as the doors' console and any other program of this host leave one
        browser.manage().addCookie(new Cookie("A-COOKIE", "before"));
        browser.manage().deleteCookieNamed("XSRF-TOKEN");
        browser.get(ROUTES);
        wait.until(ExpectedConditions.presenceOfElementLocated(By.name("username"))).sendKeys("admin");
        browser.findElement(By.name("password")).sendKeys("sandbox");
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        wait.until(ExpectedConditions.urlToBe(ROUTES));
    }

    @AfterAll
    static void close() {
        Browser.leave();
        browser = null;
    }

    @Test
    @Order(1)
    void theRoutesAreSeenAfterTheLogin() throws IOException {
        openRoutes();
        try {
            wait.until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), "webhooks.receive.store"));
            for (String group : List.of("leads", "webhooks", "deals", "kamelets")) {
                wait.until(ExpectedConditions.visibilityOfElementLocated(By.xpath("//button[normalize-space(.)='" + group + "']")));
            }
        } finally {
            shot("hawtio.png");
        }
    }

    @Test
    @Order(3)
    void theDiagramOfARouteShowsItsStepsAndCounters() throws IOException {
        ingest("{\"message\":\"Вопрос\",\"meta\":{\"telegram_id\":700100301}}");
        openRoutes();
        try {
            wait.until(ExpectedConditions.elementToBeClickable(By.xpath("//*[normalize-space(text())='Expand all']"))).click();
            choose("leads.ingest.receive");
            wait.until(ExpectedConditions.elementToBeClickable(By.xpath("//a[normalize-space(.)='Route Diagram']"))).click();
            wait.until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(".react-flow"), "read-lead"));
            // each box is named by what its step does, not by the step's kind and a number
            assertThat(browser.findElement(By.cssSelector(".react-flow")).getText()).contains("store-lead", "write-lead-answer", "when-lead-rejected")
                    .doesNotContainPattern("ID: (bean|to|setBody|setHeader|removeHeaders|onException)-?\\d");
            // this route only, not all of them
            assertThat(browser.findElement(By.cssSelector(".react-flow")).getText()).doesNotContain("housekeeping");
        } finally {
            shot("hawtio-diagram.png");
        }
    }

    @Test
    @Order(2)
    void aRouteIsStoppedAndStarted() throws IOException {
        openRoutes();
        try {
            wait.until(ExpectedConditions.textToBePresentInElementLocated(By.xpath(ROW), "Started"));
            press("Stop");
            soon().until(() -> camel.getRouteController().getRouteStatus(ROUTE) == ServiceStatus.Stopped);
            browser.navigate().refresh();
            wait.until(ExpectedConditions.textToBePresentInElementLocated(By.xpath(ROW), "Stopped"));
            shot("hawtio-stopped.png");
            press("Start");
            soon().until(() -> camel.getRouteController().getRouteStatus(ROUTE) == ServiceStatus.Started);
        } finally {
            startAgain();
        }
    }

    /** In the tree at the left. */
    private void choose(String node) {
        wait.until(ExpectedConditions.elementToBeClickable(By.xpath(
                "//*[contains(@class,'tree-view')]//button[normalize-space(.)='" + node + "']"))).click();
    }

    private void press(String button) {
        wait.until(ExpectedConditions.elementToBeClickable(By.xpath(ROW + "//input[@type='checkbox']"))).click();
        wait.until(ExpectedConditions.elementToBeClickable(By.xpath("//button[normalize-space(.)='" + button + "']"))).click();
    }

    /** To load the console takes half a minute of a processor: a page that shows them stays. */
    private void openRoutes() {
        if (!ROUTES.equals(browser.getCurrentUrl())) {
            browser.get(ROUTES);
        }
    }

    private void startAgain() {
        try {
            camel.getRouteController().startRoute(ROUTE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void shot(String file) throws IOException {
        Files.write(Path.of("target", file), ((TakesScreenshot) browser).getScreenshotAs(OutputType.BYTES));
    }
}
