package dev.amorelay.amocrm;

import dev.amorelay.workshop.DataFile;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.SettingText;
import dev.amorelay.workshop.Surroundings;
import dev.amorelay.workshop.YamlNode;
import java.util.function.Consumer;

/** {@code deal/fields.yaml} in the folder of the routes: which field of a form and of the CRM is which of ours. */
public class FieldTableFile implements DataFile {

    @Override
    public boolean isOf(String name) {
        return FieldTable.NAME.equals(name);
    }

    @Override
    public void check(String name, DataFolder folder, Surroundings surroundings, Consumer<Finding> findings) {
        FieldTable.read(folder, findings);
        YamlNode.read(name, folder.text(name).orElseThrow(), "", finding -> { }).ifPresent(root -> root.walk((key, node) -> {
            if (node.isText()) {
                SettingText.check(node, surroundings, findings);
            }
        }));
    }
}
