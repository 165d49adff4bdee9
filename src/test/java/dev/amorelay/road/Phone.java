package dev.amorelay.road;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's phone: Chromium with a phone's screen and touch, to which telegram.org does not answer. */
final class Phone implements AutoCloseable {

    static final String TELEGRAM = "https://telegram.org/js/telegram-web-app.js";
    private static final int WIDTH = 390;
    private static final int HEIGHT = 844;

    private final ChromeDriver browser = Browser.open();
    private final WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(20));

    Phone() {
        screen(HEIGHT);
        cdp("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
        cdp("Network.enable", Map.of());
        cdp("Network.setBlockedURLs", Map.of("urls", List.of("https://telegram.org/*")));
    }

    private void screen(long height) {
        cdp("Emulation.setDeviceMetricsOverride", Map.of("width", WIDTH, "height", height, "deviceScaleFactor", 2, "mobile", true));
    }

    Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return browser.executeCdpCommand(command, parameters);
    }

    void dark(boolean dark) {
        cdp("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Opens a page anew, also where only the end of the address differs. */
    Phone open(String address) {
        browser.get("about:blank");
        browser.get(address);
        return this;
    }

    /** Runs this in every page before anything of its own. */
    void before(String script) {
        cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    void sees(String text) {
        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    WebElement find(String selector) {
        return wait.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
    }

    /** By XPath. */
    WebElement inside(String path) {
        return wait.until(ExpectedConditions.elementToBeClickable(By.xpath(path)));
    }

    /** With a connection, or without. */
    void online(boolean online) {
        cdp("Network.emulateNetworkConditions", Map.of("offline", !online, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    /** Presses what says this: a button or a row. */
    void press(String text) {
        wait.until(ExpectedConditions.elementToBeClickable(By.xpath("//button[not(ancestor::*[@hidden])][contains(., '" + text + "')]"))).click();
    }

    void type(String selector, String text) {
        WebElement field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) browser).executeScript(script, arguments);
    }

    void until(String expression) {
        wait.until(now -> Boolean.TRUE.equals(run("return Boolean(" + expression + ")")));
    }

    /** All that the page has asked for, itself included. */
    List<String> asked() {
        return ((List<?>) run("return performance.getEntries().filter(one => one.entryType === 'resource' || one.entryType === 'navigation')"
                + ".map(one => one.name)")).stream().map(String::valueOf).toList();
    }

    /** What the browser complains of, but for the script that it may not reach. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream().filter(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
                .map(line -> line.getMessage()).filter(line -> !line.startsWith(TELEGRAM)).toList();
    }

    /** Keeps the whole page as a picture in {@code target}. */
    void shot(String name) {
        until("document.getAnimations().every(one => one.playState === 'finished' || one.effect.getTiming().iterations === Infinity"
                + " || one.animationName === 'come')");
        screen(Math.max(HEIGHT, (Long) run("return document.documentElement.scrollHeight")));
        String picture = (String) cdp("Page.captureScreenshot", Map.of("format", "png")).get("data");
        screen(HEIGHT);
        try {
            Files.write(Path.of("target", name + ".png"), Base64.getDecoder().decode(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Browser.leave();
    }
}
