import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Validates PDF files: {@code Vera PROFILES FILE...}, profiles as in "ua1,2a". Prints what fails; exits 1 if anything did. */
public class Vera {
    private static final Map<String, String> PROFILES = Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A");

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean compliant = true;
        for (int index = 1; index < arguments.length; index++) {
            for (String flavour : arguments[0].split(",")) {
                compliant &= validate(arguments[index], flavour);
            }
        }
        System.exit(compliant ? 0 : 1);
    }

    private static boolean validate(String file, String flavour) throws Exception {
        try (PDFAParser parser =
                Foundries.defaultInstance().createParser(new FileInputStream(file), PDFAFlavour.fromString(flavour))) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile(flavour), false);
            ValidationResult result = validator.validate(parser);
            System.out.printf("%s %s: %d checks%n", flavour, file, result.getTotalAssertions());
            result.getTestAssertions().stream()
                    .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                    .limit(20)
                    .forEach(Vera::report);
            return result.isCompliant();
        }
    }

    private static ValidationProfile profile(String flavour) throws Exception {
        String name = "/org/verapdf/pdfa/validation/" + PROFILES.get(flavour) + ".xml";
        try (InputStream xml = PDFAParser.class.getResourceAsStream(name)) {
            return Profiles.profileFromXml(xml);
        }
    }

    private static void report(TestAssertion failed) {
        System.out.printf(
                "  clause %s, test %d: %s at %s%n",
                failed.getRuleId().getClause(),
                failed.getRuleId().getTestNumber(),
                failed.getMessage(),
                failed.getLocation().getContext());
    }
}
