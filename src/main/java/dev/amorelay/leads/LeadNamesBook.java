package dev.amorelay.leads;

import dev.amorelay.settings.RouteSettings;
import dev.amorelay.workshop.EditedData;
import dev.amorelay.workshop.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The names that forms give to a lead's fields, as they stand in the folder of the routes now. */
@Component
public class LeadNamesBook implements EditedData {

    private volatile LeadNames names;

    /** The names that come with the relay. */
    LeadNamesBook() {
        take(Optional.empty());
    }

    /**
     * Reads the folder's names; those that come with the relay where it has none.
     *
     * @param settings tells the folder
     * @throws IllegalStateException when they cannot be read, with all that is wrong
     */
    @Autowired
    public LeadNamesBook(RouteSettings settings) {
        Optional<Path> file = Optional.ofNullable(settings.folder()).filter(StringUtils::hasText)
                .map(folder -> Path.of(folder, LeadNamesFile.NAME)).filter(Files::exists);
        try {
            take(file.isEmpty() ? Optional.empty() : Optional.of(Files.readString(file.get())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the names of this moment */
    LeadNames now() {
        return names;
    }

    @Override
    public String file() {
        return LeadNamesFile.NAME;
    }

    @Override
    public final void take(Optional<String> text) {
        List<Finding> findings = new ArrayList<>();
        LeadNames read = LeadNamesReader.read(LeadNamesFile.NAME, text.orElseGet(LeadNamesBook::shipped), findings::add);
        if (!findings.isEmpty()) {
            throw new IllegalStateException(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
        names = read;
    }

    private static String shipped() {
        try (InputStream in = LeadNamesBook.class.getResourceAsStream("/routes/" + LeadNamesFile.NAME)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
