package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a newcomer does in the first minute, in a real browser. */
@EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
class SandboxPageIT extends RunningRelay {

    private WebDriver browser;

    @AfterEach
    void close() {
        if (browser != null) {
            Browser.leave();
        }
    }

    @Test
    void aLeadIsSentWatchedAndWon() {
        browser = Browser.open();
        WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(20));
        String name = "Новичок " + UUID.randomUUID();
        String serial = "SN-" + UUID.randomUUID();
        browser.get(url("/sandbox"));

        type(browser.findElement(By.cssSelector("#send input[name=name]")), name);
        browser.findElement(By.cssSelector("#send button")).click();

        By card = By.xpath("//article[contains(@class,'card')][.//span[@class='name' and contains(., '" + name + "')]]");
        wait.until(ExpectedConditions.presenceOfElementLocated(card));
        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.id("mails"), "Новая заявка: " + name));

        browser.findElement(card).findElement(By.xpath(".//summary[contains(., 'Станок и клиент')]")).click();
        type(browser.findElement(card).findElement(By.name("serial")), serial);
        type(browser.findElement(card).findElement(By.name("telegram_id")), "700100");
        browser.findElement(card).findElement(By.cssSelector("button.win")).click();

        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.id("chats"), "серийный номер " + serial));
        assertThat(browser.findElement(card).findElement(By.cssSelector("button.again")).getText()).contains("Заявка");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM machine_instances WHERE serial_number = ?", Long.class, serial)).isEqualTo(1);
    }

    private static void type(WebElement field, String text) {
        field.clear();
        field.sendKeys(text);
    }
}
