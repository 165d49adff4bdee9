package dev.amorelay.maintenance;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables as Excel writes them where the comma is the decimal sign: cells parted by semicolons, in quotes where they hold one,
 * UTF-8 with a mark at the beginning, or windows-1251.
 */
final class SemicolonText {

    private static final char MARK = '\ufeff';
    private static final Pattern FORMULA = Pattern.compile("[\\s\\p{Cntrl}]*[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n|]");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:[.,]\\d+)?");
    private static final Charset OLD_EXCEL = Charset.forName("windows-1251");

    private SemicolonText() {
    }

    /**
     * A line of the table.
     *
     * @param line where it begins in the file, from 1
     * @param cells trimmed
     * @param open whether a quote is not closed up to the end of the file
     */
    record Row(int line, List<String> cells, boolean open) {

        /** @return the cell; empty where the row is shorter */
        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    /** @return the rows that are not empty */
    static List<Row> read(byte[] file) {
        String text = text(file);
        List<Row> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int line = 1;
        int begin = 1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '\n' : text.charAt(i);
            boolean end = i == text.length();
            if (quoted && !end && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (quoted && !end && c == '"') {
                quoted = false;
            } else if (!quoted && c == '"' && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
            } else if (!quoted && c == ';' || c == '\n' && (!quoted || end)) {
                cells.add(asWritten(cell.toString().strip()).strip());
                cell.setLength(0);
                if (c == '\n') {
                    if (cells.stream().anyMatch(one -> !one.isEmpty())) {
                        rows.add(new Row(begin, List.copyOf(cells), quoted));
                    }
                    cells.clear();
                    begin = line + 1;
                }
            } else {
                cell.append(c);
            }
            line += c == '\n' ? 1 : 0;
        }
        return rows;
    }

    private static String text(byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException e) {
            text = new String(file, OLD_EXCEL);
        }
        return (text.indexOf(MARK) == 0 ? text.substring(1) : text).replace("\r\n", "\n").replace('\r', '\n');
    }

    /** @return a file that Excel opens with a double click */
    static String write(List<List<String>> rows) {
        return MARK + rows.stream().map(row -> row.stream().map(SemicolonText::cell).collect(Collectors.joining(";")) + "\r\n")
                .collect(Collectors.joining());
    }

    /** Excel would run what begins so; behind an apostrophe it is text. Numbers are left alone. */
    private static String inert(String text) {
        return FORMULA.matcher(text).lookingAt() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    /** Takes the apostrophe back that {@link #inert} wrote, so that an exported table can be imported. */
    private static String asWritten(String text) {
        return text.startsWith("'") && FORMULA.matcher(text.substring(1)).lookingAt() ? text.substring(1) : text;
    }

    private static String cell(String value) {
        String text = inert(value == null ? "" : value);
        return text.matches("(?s).*[;\"\\n\\r].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
