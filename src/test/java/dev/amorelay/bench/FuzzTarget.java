package dev.amorelay.bench;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code bench/fuzz} gives to Jazzer: one method of a {@code *FuzzTest}, called by its name, with the test's samples as the first
 * inputs. Run by JUnit's rules some of them met their samples only. By system properties: {@code fuzz.target}, as
 * {@code package.Class#method}, and {@code fuzz.corpus}, the folder of inputs.
 */
public final class FuzzTarget {

    private static Object test;
    private static Method method;

    private FuzzTarget() {
    }

    /** Called once, before the inputs are read. */
    public static void fuzzerInitialize() throws ReflectiveOperationException, IOException {
        String[] target = System.getProperty("fuzz.target").split("#");
        Class<?> type = Class.forName(target[0]);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        test = constructor.newInstance();
        method = type.getDeclaredMethod(target[1], byte[].class);
        method.setAccessible(true);
        keepSamples(type, Path.of(System.getProperty("fuzz.corpus")));
    }

    private static void keepSamples(Class<?> type, Path corpus) throws ReflectiveOperationException, IOException {
        Files.createDirectories(corpus);
        int number = 0;
        for (String source : method.getAnnotation(MethodSource.class).value()) {
            Method samples = type.getDeclaredMethod(source);
            samples.setAccessible(true);
            for (Object sample : ((Stream<?>) samples.invoke(null)).toList()) {
                Files.write(corpus.resolve("sample-" + number++), (byte[]) sample);
            }
        }
        if (number == 0) {
            throw new IOException("no samples of " + method);
        }
    }

    /** One input; whatever is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        try {
            method.invoke(test, (Object) input);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
