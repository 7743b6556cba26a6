"""French words that say nothing of a subject, however seldom briefs use them.

With a handful of bookings, how rare a word is among briefs tells little: this list does instead.
"""

_WRITTEN = """
a achat afin agit ai aide aider aie aient ailleurs aime ainsi ait allait aller alors an ancien
ancienne anciennes anciens année années ans août appel appeler appelle apprend apprendre après
arrive arriver as assez atteint attend attendre attention attitré au aucun aucune aujourd auprès
auquel aura aurait auront aussi aussitôt autant autour autre autrement autres aux auxquelles
auxquels avaient avait avant avec avez avoir avons avril ayant à bas beau beaucoup belle besoin
besoins bien bientôt bon bonne bonnes bons bord bords bout brise but calme calmes car cas catalogue
cause ce ceci cela celle celles celui cent cependant certain certaine certaines certains certificat
ces cet cette ceux chacun chacune chaque cher cherche chercher cherchons chez choisir choisit chose
choses ci cinq clair claire combien comme comment complet comprendre compte compter connaît
connaître connu conseil conseille conseils contient contre couleur coup coupe coups courant cours
court courte côté crée créé créée dans davantage de debout dehors demain demande demi depuis dernier
derniers dernière dernières derrière des descend dessous dessus deux deuxième devait devant devenir
devenu devient devint devoir dès décembre déjà désormais difficile difficiles dimanche dire
disponible dit dite divisons dix dizaine dizaines doit doivent donc donne donnent donner donné dont
double doubles droit du dur durant durée dû effet effort elle elles en encore endroit enfin ensemble
ensuite entend entier entiers entière entre entretien entretiens environ erreur es essaie essayer
est et eu eurent eut eux exact exemple existe expert experts égale également équipe équipes étage
étaient était étant état êtes être fabriquons face facile façon façons faire fait faite faites faits
fallait fallut faut faux fera février fil fin finit fois fond font force forme former formes fort
fournir fournitures furent fut gagner garanti garantie garanties garde gardent garder gardé gauche
genre gens grand grande grandes grands gratuit gratuite gratuits grâce groupe groupes guère
habitants haut haute hautes hauts heure heures hier hors hui huit ici idée il ils ingénieur
ingénieurs inventé isolé jadis jamais janvier jette jeudi jeune jeunes joindre joint jour jours
jugement juger jugé juillet juin jusque juste justes la laisse laisser laquelle large là le lent
lequel les lesquelles lesquels leur leurs léger légère libre libres lieu lieux limite lire lit
livrons local locale loin long longs longtemps longue longues lors lorsque lui lundi ma mai main
mains maintenant mais maître mal malgré manière manquait manque marche marcher mardi mars matière
matin me meilleur meilleure meilleures meilleurs mercredi mes mesure mesurer mesurons met mettre
même mêmes mieux milieu milieux mille millier milliers million millions minute minutes mis mise mode
moi moins mois moitié moment mon monde montra montre montrent montrer montré mort mot mots naissance
ne neuf neuve né néanmoins nécessaire ni niveau noir noire nom nombre nombreuses nombreux non nos
notre nous nouveau nouveaux nouvel nouvelle nouvelles novembre nôtre nuit nuits nul objet objets
octobre offert offerte offre offrons on ont ordre ou oublier oui outre ouvert ouverte ouvre ouvrir
où par paraît parce parfois parle parler parmi part partager partagé particulier particuliers partie
parties partir partout pas passe passer passé payer pays peine pend pendant penser pensée perd
perdre permet permettent permettre personne petit petite petites petits peu peut peuvent père pied
pieds pièce pièces place placer placez plein pleine plupart plus plusieurs plutôt point portait
porte portent porter porté portée pose posent poser posé possible poste postes pour pourquoi
pourrait pourtant pouvait pouvoir pratique premier premiers première premières prend prendre presque
preuve près précis présent prêt pris prix prochain produire produit profit profonde projet projets
propos proposons propre propres public publique puis puisque quand quant quarante quartier quatre
que quel quelle quelles quelqu quelque quelques quels question questions qui quinze quoi quoique
quotidien raison rapide rappelle rare rares recrute recrutement recrutons reçoit reçut regarde
regarder rejoignez rencontre rend rendez rendre rentre reprend reprise reste retour revient règle
réduit réglage régler réglé réglés rénovons répond réponse réservation résultat résultats réunir
réunis réussir rêver riche rien rôle sa sait salle salles samedi sans sauf savoir se second seconde
selon semaine semble sens sept septembre sera seraient serait seront sert service services servir
ses seuil seul seule seulement seules seuls si sien siècle siècles signe signes simple simples
situation six soi soient soignée soin soir soirs sois soit soixante solide sommes son sont sorte
sortes sorti sortir sous soutien souvent suis suite suivant suivi suivis sujet sujets sur surtout
sûr ta table tables tandis tant tard tarif te tel telle telles tels temps tenir tenu terme termes
terre tes tête tient tiers tirer toi tomber ton toujours tourne tourner tous tout toute toutefois
toutes tôt traitement travail travaillent travailler travaux traverse traverser trente très trois
trop trouve trouver tu type types un une unes uns usage user utile utiles va vais valeur vaut venait
vend vendre vendredi vendue venir vente venu vers veulent veut vie vieille vieilles vient vieux vif
vifs vingt visite visites vite vivant vivants voici voilà voir voisin voisine voix vos votre voulait
voulut vous vôtre vrai vraie vraiment vue y zéro œuvre
annonceur fictif fictive démonstration partenaire publicité
"""
"""The last line: what bookings say of themselves."""

GENERAL = frozenset(_WRITTEN.split())
