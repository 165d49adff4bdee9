package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The contract's page in a real browser: in the sandbox a door is tried out from it, and nothing else is asked for anything. */
@EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
class ContractPageIT extends RunningRelay {

    private WebDriver browser;
    private WebDriverWait wait;

    @BeforeEach
    void openBrowser() {
        browser = Browser.open();
        wait = new WebDriverWait(browser, Duration.ofSeconds(180));
    }

    @AfterEach
    void close() {
        Browser.leave();
    }

    @Test
    void aLeadIsSentFromThePage() throws IOException {
        browser.get(url("/sandbox/openapi"));
        try {
            click("#operations-leads-postLead .opblock-summary-control");
            click("#operations-leads-postLead .try-out__btn");
            click("#operations-leads-postLead button.execute");
            wait.until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector("#operations-leads-postLead .live-responses-table"), "lead_id"));
        } finally {
            shot("contract.png");
        }
        onlyOurOwnAddressWasAsked(url(""));
    }

    @Test
    void onTheManagementPortItIsReadOnly() throws IOException {
        browser.get(management("/actuator/openapi/index.html"));
        wait.until(ExpectedConditions.presenceOfElementLocated(By.name("username"))).sendKeys("admin");
        browser.findElement(By.name("password")).sendKeys("sandbox");
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        // one lands where one wanted
        click("#operations-leads-postLead .opblock-summary-control");
        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector("#operations-leads-postLead"), "Takes every lead that can be understood at all"));
        shot("contract-management.png");
        assertThat(browser.findElements(By.cssSelector(".try-out__btn"))).isEmpty();
        onlyOurOwnAddressWasAsked(management(""));
    }

    private void onlyOurOwnAddressWasAsked(String own) {
        // what Swagger UI cannot make sense of in the document
        assertThat(browser.findElements(By.cssSelector(".errors-wrapper"))).isEmpty();
        List<?> asked = (List<?>) ((JavascriptExecutor) browser).executeScript(
                "return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith('data:'))");
        assertThat(asked).isNotEmpty().allMatch(address -> address.toString().startsWith(own));
        // the browser itself asks for the login page's icon, and Hawtio, where a login leads to, for what is not there
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).extracting(Object::toString)
                .filteredOn(line -> !line.contains("/favicon.ico") && !line.contains("/actuator/hawtio/")).noneMatch(line -> line.contains("Content Security Policy") || line.contains("SEVERE"));
    }

    private void click(String selector) {
        wait.until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector))).click();
    }

    private void shot(String file) throws IOException {
        Files.write(Path.of("target", file), ((TakesScreenshot) browser).getScreenshotAs(OutputType.BYTES));
    }
}
