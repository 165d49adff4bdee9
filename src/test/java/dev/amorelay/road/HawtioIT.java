package dev.amorelay.road;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** An engineer watches the routes, in a real browser. */
@EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
class HawtioIT extends RunningRelay {

    private WebDriver browser;

    @AfterEach
    void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void theRoutesAreSeenAfterTheLogin() throws IOException {
        browser = Browser.open();
        WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(40));
        browser.get(management("/actuator/hawtio"));
        wait.until(ExpectedConditions.presenceOfElementLocated(By.name("username"))).sendKeys("admin");
        browser.findElement(By.name("password")).sendKeys("sandbox");
        browser.findElement(By.cssSelector("button[type=submit]")).click();

        browser.get(management("/actuator/hawtio/camel/routes?nid=root-org.apache.camel-amo-relay-routes"));
        try {
            wait.until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), "webhooks.receive.store"));
        } finally {
            Files.write(Path.of("target/hawtio.png"), ((TakesScreenshot) browser).getScreenshotAs(OutputType.BYTES));
        }
    }
}
