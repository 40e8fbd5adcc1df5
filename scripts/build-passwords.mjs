// Makes server/data/common-passwords.txt: what people type when twelve characters are asked, folded, one a line.
//   node scripts/build-passwords.mjs > server/data/common-passwords.txt
const words = `motdepasse password administrateur administrator bienvenue welcome bonjour soleil azerty azertyuiop qwerty qwertyuiop
iloveyou jetaime doudou chouchou loulou princesse princess football olympique marseille paris toulon laseyne france liberte amour
famille maison vacances chocolat nicolas camille julien thomas pierre marine sophie isabelle nathalie valerie philippe stephane
sebastien alexandre christophe veronique catherine dominique superman batman pokemon naruto starwars dragon monkey shadow master
computer internet secret letmein trustno1 whatever sunshine summer winter printemps automne hiver renfort mairie association
benevole volontaire solidarite mission`.split(/\s+/);
const tails = ["", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "01", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "!", "1!", "123!", "1234!", "2024!", "2025!", "2026!", "*", "@123", "13", "75", "83"];
const walks = ["azertyuiopqs", "azertyuiopqsdfghjklm", "qwertyuiopas", "qwertyuiopasdfghjklzxcvbnm", "azerty123456", "qwerty123456", "1234azertyuiop", "1q2w3e4r5t6y", "1qaz2wsx3edc", "a1z2e3r4t5y6", "aqwzsxedcrfv", "azeqsdwxc123", "poiuytreza12", "mlkjhgfdsq12", "123456azerty", "123456789azerty", "abcdefghijkl", "abcdefghijklm", "abcd12345678", "000000000000", "111111111111", "123123123123", "123456123456", "1234567890ab", "012345678910", "0123456789az", "correcthorsebatterystaple", "motdepasse1234", "jenaipasdemotdepasse", "changezmoi123", "changeme1234", "passw0rd1234", "p@ssw0rd1234", "p@ssword1234", "motdepassemotdepasse"];
const found = new Set(walks);
for (const word of words) {
  for (const tail of tails) {
    for (const text of [word + tail, word + word + tail, `${tail}${word}`]) {
      if (text.length >= 12 && text.length <= 40) found.add(text);
    }
  }
}
console.log([...found].sort().join("\n"));
